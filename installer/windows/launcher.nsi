; The program the Start menu opens: starts the interpreter beside it without a console.
Unicode true
Target amd64-unicode
!include "FileFunc.nsh"
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
  Exec '"$EXEDIR\program\pythonw.exe" -m spokesdesk $R0'
  IfErrors 0 +3
    MessageBox MB_ICONSTOP "Không mở được SpokesDesk: thư mục chương trình thiếu tệp. Dữ liệu của bạn vẫn nguyên. Hãy chạy lại bộ cài."
    SetErrorLevel 1
SectionEnd
