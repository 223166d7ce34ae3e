; Per-user installer. Exit codes of /S: 0 installed, 2 not enough room, a file could not be written or the path is too long,
; 3 the program is still running, 4 another installer is at work, 5 Windows is too old.
; Until the last step the version before stays as it was.
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!ifdef FAST
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
Name "SpokesDesk ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\SpokesDesk"
InstallDirRegKey HKCU "Software\SpokesDesk" "InstallDir"
RequestExecutionLevel user
ManifestDPIAware true
ShowInstDetails nevershow
BrandingText "SpokesDesk ${VERSION}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\SpokesDesk"
!define DATA "$LOCALAPPDATA\SpokesDesk"
!define WAIT_TURNS 40
!define RENAME_TURNS 20
!define OLDEST_BUILD 17763
!define MOST_CHARACTERS 259
!define MUI_ICON "${HERE}/spokesdesk.ico"
!define MUI_UNICON "${HERE}/spokesdesk.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\SpokesDesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Mở SpokesDesk"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
VIProductVersion "${VERSION4}"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "ProductName" "SpokesDesk"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "FileDescription" "SpokesDesk ${VERSION}"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_VIETNAMESE} "LegalCopyright" "SpokesDesk"

Var Portable

; Send WM_CLOSE (16) to every visible window of a process that runs from this program folder; its title may be anything.
!macro AskToClose un
Function ${un}AskToClose
  StrCpy $3 0
  next:
  FindWindow $3 "" "" 0 $3
  ${If} $3 = 0
    Return
  ${EndIf}
  System::Call 'user32::IsWindowVisible(p r3) i .r4'
  ${If} $4 = 0
    Goto next
  ${EndIf}
  System::Call 'user32::GetWindowThreadProcessId(p r3, *i .r5)'
  System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r5) p .r6'
  StrCpy $7 ""
  System::Call 'kernel32::QueryFullProcessImageNameW(p r6, i 0, w .r7, *i ${NSIS_MAX_STRLEN})'
  System::Call 'kernel32::CloseHandle(p r6)'
  StrLen $8 "$INSTDIR\program"
  StrCpy $7 $7 $8
  ${If} $7 == "$INSTDIR\program"
    System::Call 'user32::PostMessageW(p r3, i 16, p 0, p 0)'
  ${EndIf}
  Goto next
FunctionEnd
!macroend
!insertmacro AskToClose ""
!insertmacro AskToClose "un."

; $0 is 1 when the interpreter of a program folder, the installed one or one that came as an update, is in use.
!macro LookInUse un
Function ${un}LookInUse
  StrCpy $0 0
  FindFirst $3 $4 "$INSTDIR\program*"
  ${DoUntil} $4 == ""
    ${If} ${FileExists} "$INSTDIR\$4\python313.dll"
      ClearErrors
      FileOpen $2 "$INSTDIR\$4\python313.dll" a
      ${If} ${Errors}
        StrCpy $0 1
      ${Else}
        FileClose $2
      ${EndIf}
    ${EndIf}
    FindNext $3 $4
  ${Loop}
  FindClose $3
FunctionEnd
!macroend
!insertmacro LookInUse ""
!insertmacro LookInUse "un."

; Delete the versions that came as updates, what chooses among them and how far the first start of one had come.
!macro DropUpdates un
Function ${un}DropUpdates
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\untried"
  Delete "$INSTDIR\begun"
  Delete "$INSTDIR\failed"
  Delete "$INSTDIR\changing"
  FindFirst $3 $4 "$INSTDIR\program-*"
  ${DoUntil} $4 == ""
    StrCpy $5 $4 5 -5
    ${If} ${FileExists} "$INSTDIR\$4\python313.dll"
    ${OrIf} $5 == ".part"
      RMDir /r "$INSTDIR\$4"
    ${EndIf}
    FindNext $3 $4
  ${Loop}
  FindClose $3
FunctionEnd
!macroend
!insertmacro DropUpdates ""
!insertmacro DropUpdates "un."

; Ask an open window to close and wait 20 s; $0 is 1 when the interpreter is still in use.
!macro WaitForClose un
Function ${un}WaitForClose
  StrCpy $1 0
  again:
  Call ${un}LookInUse
  ${If} $0 = 0
  ${OrIf} $1 >= ${WAIT_TURNS}
    Return
  ${EndIf}
  Call ${un}AskToClose
  IntOp $1 $1 + 1
  Sleep 500
  Goto again
FunctionEnd
!macroend
!insertmacro WaitForClose ""
!insertmacro WaitForClose "un."

; Rename the folder $8 to $9, for 10 s again and again: what checks new files for viruses holds them a while.
Function Renamed
  StrCpy $1 0
  again:
  ClearErrors
  Rename "$8" "$9"
  ${IfNot} ${Errors}
  ${OrIf} $1 >= ${RENAME_TURNS}
    Return
  ${EndIf}
  IntOp $1 $1 + 1
  Sleep 500
  Goto again
FunctionEnd

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_ICONSTOP "SpokesDesk cần Windows 10 bản 1809 trở lên hoặc Windows 11, loại 64 bit. Chưa thay đổi gì." /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
  ; The handle is not closed: the name lives as long as this installer.
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\SpokesDeskSetup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183
    MessageBox MB_ICONSTOP "Một bộ cài SpokesDesk khác đang chạy. Hãy chờ nó xong. Chưa thay đổi gì." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  StrCpy $Portable 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/PORTABLE" $R1
  ${IfNot} ${Errors}
    StrCpy $Portable 1
    ReadRegStr $R1 HKCU "Software\SpokesDesk" "InstallDir"
    ${If} $INSTDIR == $R1
    ${OrIf} $INSTDIR == "$LOCALAPPDATA\Programs\SpokesDesk"
      StrCpy $INSTDIR "$EXEDIR\SpokesDesk"
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

; Refuse to go on when the drive $R0 has less than $R2 KB free. A drive that cannot be asked is tried.
Function RequireRoom
  ClearErrors
  ${DriveSpace} "$R0\" "/D=F /S=K" $R1
  ${IfNot} ${Errors}
  ${AndIf} $R1 < $R2
    MessageBox MB_ICONSTOP "Ổ đĩa $R0 không đủ chỗ: cần $R2 KB, còn $R1 KB. Chưa thay đổi gì; hãy dọn bớt rồi chạy lại." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Function Unmade
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\program.new"
  RMDir "$INSTDIR"
FunctionEnd

Function .onInstFailed
  Call Unmade
  SetErrorLevel 2
FunctionEnd

Section
  SectionIn RO
  AddSize ${SIZE_KB}
  StrLen $R3 "$INSTDIR"
  IntOp $R3 $R3 + ${LONGEST}
  ${If} $R3 > ${MOST_CHARACTERS}
    MessageBox MB_ICONSTOP "Đường dẫn $INSTDIR quá dài cho Windows. Hãy chọn thư mục có tên ngắn hơn. Chưa thay đổi gì." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${GetRoot} "$INSTDIR" $R0
  IntOp $R2 ${SIZE_KB} + 51200
  !ifndef FAST
    ; NSIS unpacks a solid archive into the folder for temporary files first.
    ${GetRoot} "$TEMP" $R4
    ${If} $R4 == $R0
      IntOp $R2 $R2 + ${SIZE_KB}
    ${EndIf}
  !endif
  Call RequireRoom
  !ifndef FAST
    StrCpy $R0 $R4
    StrCpy $R2 ${SIZE_KB}
    Call RequireRoom
  !endif
  Call WaitForClose
  ${If} $0 = 1
    MessageBox MB_ICONSTOP "SpokesDesk đang chạy. Hãy đóng cửa sổ SpokesDesk rồi chạy lại bộ cài. Bản đang dùng vẫn nguyên." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  RMDir /r "$INSTDIR\program.new"
  ClearErrors
  SetOverwrite try
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    Goto unwritten
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\program\*.*"
    StrCpy $8 "$INSTDIR\program"
    StrCpy $9 "$INSTDIR\program.old"
    Call Renamed
    ${If} ${Errors}
      Goto unwritten
    ${EndIf}
  ${EndIf}
  StrCpy $8 "$INSTDIR\program.new"
  StrCpy $9 "$INSTDIR\program"
  Call Renamed
  ${If} ${Errors}
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
    Goto unwritten
  ${EndIf}
  Call DropUpdates
  RMDir /r "$INSTDIR\program.old"
  File "${HOME}/SpokesDesk.exe"
  File "${HOME}/spokesdesk.cmd"
  ${If} $Portable = 1
    FileOpen $1 "$INSTDIR\portable" w
    FileClose $1
  ${Else}
    Call Registered
  ${EndIf}
  Goto done
  unwritten:
    Call Unmade
    MessageBox MB_ICONSTOP "Không ghi được vào $INSTDIR (hết chỗ, bị cấm ghi, hoặc một tệp đang bị chương trình khác giữ). Bản đang dùng và dữ liệu vẫn nguyên." /SD IDOK
    SetErrorLevel 2
    Quit
  done:
SectionEnd

Function Registered
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\SpokesDesk.lnk" "$INSTDIR\SpokesDesk.exe" "" "$INSTDIR\program\spokesdesk.ico"
  WriteRegStr HKCU "Software\SpokesDesk" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "SpokesDesk"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\program\spokesdesk.ico"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
FunctionEnd

Section "Uninstall"
  Call un.WaitForClose
  ${If} $0 = 1
    MessageBox MB_ICONSTOP "SpokesDesk đang chạy. Hãy đóng cửa sổ SpokesDesk rồi gỡ lại. Chưa gỡ gì." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\program.new"
  RMDir /r "$INSTDIR\program.old"
  Call un.DropUpdates
  Delete "$INSTDIR\SpokesDesk.exe"
  Delete "$INSTDIR\spokesdesk.cmd"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\SpokesDesk.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\SpokesDesk"
  ${If} ${FileExists} "${DATA}\*.*"
    MessageBox MB_ICONINFORMATION "Đã gỡ chương trình. Dữ liệu của bạn còn nguyên ở:$\r$\n${DATA}$\r$\n(bàn làm việc đặt ở thư mục khác cũng còn ở đó). Cài lại là dùng tiếp được." /SD IDOK
  ${EndIf}
SectionEnd
