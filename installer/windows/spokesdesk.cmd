@echo off
rem Starts the program folder that "current" names first and that is whole; an update writes it anew in one step.
setlocal
set "name=program"
if not exist "%~dp0current" goto start
for /f "usebackq eol=: delims=\/ " %%n in ("%~dp0current") do if exist "%~dp0%%n\BUILD.json" set "name=%%n" & goto start
:start
"%~dp0%name%\python.exe" -m spokesdesk %*
exit /b %errorlevel%
