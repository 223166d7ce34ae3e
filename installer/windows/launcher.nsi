; The program the Start menu opens: starts an interpreter beside it without a console. "current" names the program
; folder in use and after it the one before; an update writes it anew in one step. A folder without BUILD.json is not whole.
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

Section
  ${GetParameters} $R0
  StrCpy $R1 "program"
  ClearErrors
  FileOpen $1 "$EXEDIR\current" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileRead $1 $2 200
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${TrimNewLines} $2 $2
      StrCpy $3 $2 7
      ${If} $3 == "program"
      ${AndIf} ${FileExists} "$EXEDIR\$2\BUILD.json"
        StrCpy $R1 $2
        ${ExitDo}
      ${EndIf}
    ${Loop}
    FileClose $1
  ${EndIf}
  ClearErrors
  Exec '"$EXEDIR\$R1\pythonw.exe" -m spokesdesk $R0'
  IfErrors 0 +3
    MessageBox MB_ICONSTOP "Không mở được SpokesDesk: thư mục chương trình thiếu tệp. Dữ liệu của bạn vẫn nguyên. Hãy chạy lại bộ cài."
    SetErrorLevel 1
SectionEnd
