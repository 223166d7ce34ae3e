"""Line breaking and page breaking, exactly as LibreOffice would break the .docx of the same document."""
