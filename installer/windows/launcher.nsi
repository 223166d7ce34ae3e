; The program the Start menu opens: starts an interpreter beside it without a console. "current" names the program
; folder in use and after it the one before; an update writes it anew in one step. A folder without BUILD.json is not whole.
; "untried" names a new version until its first start, "begun" until its window is there: a version found in "begun" with
; nobody at work did not come up. It becomes "failed" and is passed over (spokesdesk/outside/programfolder.py).
Unicode true
Target amd64-unicode
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "TextFunc.nsh"
Name "SpokesDesk"
OutFile "${OUT}"
Icon "${HERE}/spokesdesk.ico"
RequestExecutionLevel user
SilentInstall silent
AutoCloseWindow true
VIProductVersion "${VERSION4}"
VIAddVersionKey "ProductName" "SpokesDesk"
VIAddVersionKey "FileDescription" "SpokesDesk"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "SpokesDesk"
!define SUSPENDED_DEFAULT_ERRORS 0x04000004
!define MAY_ASK 0x1000
!define STILL_ACTIVE 259
!define STARTUP_BYTES 104

Var Words
Var IsWindow
Var Failed
Var Folder

; Read the note $8 beside this launcher: $9 is the folder it names, $7 the number of a process, "" where there is none.
Function Told
  StrCpy $9 ""
  StrCpy $7 ""
  ClearErrors
  FileOpen $1 "$EXEDIR\$8" r
  ${If} ${Errors}
    Return
  ${EndIf}
  FileRead $1 $9 200
  FileClose $1
  ${TrimNewLines} $9 $9
  StrCpy $2 0
  ${Do}
    StrCpy $3 $9 1 $2
    ${If} $3 == " "
      IntOp $4 $2 + 1
      StrCpy $7 $9 "" $4
      StrCpy $9 $9 $2
    ${EndIf}
    IntOp $2 $2 + 1
  ${LoopUntil} $3 == ""
FunctionEnd

; $0 is 1 when the process $7 runs from $Folder; the number alone may be another program's by now.
Function AtWork
  StrCpy $0 0
  System::Call 'kernel32::OpenProcess(i ${MAY_ASK}, i 0, i r7) p .r1'
  ${If} $1 = 0
    Return
  ${EndIf}
  StrCpy $2 ""
  System::Call 'kernel32::QueryFullProcessImageNameW(p r1, i 0, w .r2, *i ${NSIS_MAX_STRLEN})'
  System::Call 'kernel32::GetExitCodeProcess(p r1, *i .r3)'
  System::Call 'kernel32::CloseHandle(p r1)'
  StrLen $4 "\$Folder\pythonw.exe"
  StrCpy $2 $2 "" -$4
  ${If} $2 == "\$Folder\pythonw.exe"
  ${AndIf} $3 = ${STILL_ACTIVE}
    StrCpy $0 1
  ${EndIf}
FunctionEnd

; The first start of a version: it does nothing before its number stands in "begun". $0 is 0 when it cannot be started.
Function StartedFirst
  StrCpy $3 '"$EXEDIR\$Folder\pythonw.exe" -m spokesdesk $Words'
  System::Alloc ${STARTUP_BYTES}
  Pop $1
  System::Call '*$1(i ${STARTUP_BYTES})'
  System::Call '*(p 0, p 0, i 0, i 0) p .r2'
  System::Call 'kernel32::CreateProcessW(p 0, w r3, p 0, p 0, i 0, i ${SUSPENDED_DEFAULT_ERRORS}, p 0, p 0, p r1, p r2) i .r0'
  ${If} $0 = 0
    Delete "$EXEDIR\failed"
    Rename "$EXEDIR\untried" "$EXEDIR\failed"
    Return
  ${EndIf}
  System::Call '*$2(p .r3, p .r4, i .r5, i .r6)'
  ClearErrors
  FileOpen $1 "$EXEDIR\begun" w
  FileWrite $1 "$Folder $5$\n"
  FileClose $1
  ${IfNot} ${Errors}
    Delete "$EXEDIR\untried"
  ${EndIf}
  System::Call 'kernel32::ResumeThread(p r4)'
  System::Call 'kernel32::CloseHandle(p r4)'
  System::Call 'kernel32::CloseHandle(p r3)'
FunctionEnd

; Start the version in $Folder and end; comes back when that is not the one to start.
Function Tried
  ${If} $IsWindow = 1
    StrCpy $8 "untried"
    Call Told
    ${If} $9 == $Folder
      Call StartedFirst
      ${If} $0 <> 0
        Goto started
      ${EndIf}
      Return
    ${EndIf}
    StrCpy $8 "begun"
    Call Told
    ${If} $9 == $Folder
      Call AtWork
      ${If} $0 = 0
        Delete "$EXEDIR\failed"
        ClearErrors
        Rename "$EXEDIR\begun" "$EXEDIR\failed"
        ${IfNot} ${Errors}
          Return
        ${EndIf}
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ClearErrors
  Exec '"$EXEDIR\$Folder\pythonw.exe" -m spokesdesk $Words'
  ${If} ${Errors}
    Return
  ${EndIf}
  started:
  SetErrorLevel 0
  Quit
FunctionEnd

Section
  ${GetParameters} $Words
  StrCpy $IsWindow 0
  StrCpy $1 $Words 6
  StrCpy $2 $Words 11
  ${If} $Words == ""
  ${OrIf} $1 == "--demo"
  ${OrIf} $2 == "--workspace"
    StrCpy $IsWindow 1
  ${EndIf}
  StrCpy $8 "failed"
  Call Told
  StrCpy $Failed $9
  ClearErrors
  FileOpen $R1 "$EXEDIR\current" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileRead $R1 $Folder 200
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${TrimNewLines} $Folder $Folder
      StrCpy $3 $Folder 7
      ${If} $3 == "program"
      ${AndIf} $Folder != $Failed
      ${AndIf} ${FileExists} "$EXEDIR\$Folder\BUILD.json"
        Call Tried
      ${EndIf}
    ${Loop}
    FileClose $R1
  ${EndIf}
  StrCpy $Folder "program"
  Call Tried
  MessageBox MB_ICONSTOP "Không mở được SpokesDesk: thư mục chương trình thiếu tệp. Dữ liệu của bạn vẫn nguyên. Hãy chạy lại bộ cài."
  SetErrorLevel 1
SectionEnd
