@echo off
rem Starts the program folder that "current" names first and that is whole; an update writes it anew in one step.
rem A version that did not come up stands in "failed". What opens a window is left to the launcher, which finds that out.
setlocal
if "%~1"=="" goto window
if "%~1"=="--demo" goto window
if "%~1"=="--workspace" goto window
set "name=program"
set "failed="
if exist "%~dp0failed" for /f "usebackq eol=: delims=\/ " %%f in ("%~dp0failed") do set "failed=%%f"
if not exist "%~dp0current" goto start
for /f "usebackq eol=: delims=\/ " %%n in ("%~dp0current") do if not "%%n"=="%failed%" if exist "%~dp0%%n\BUILD.json" set "name=%%n" & goto start
:start
"%~dp0%name%\python.exe" -m spokesdesk %*
exit /b %errorlevel%
:window
"%~dp0SpokesDesk.exe" %*
exit /b %errorlevel%
