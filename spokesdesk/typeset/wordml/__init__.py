"""WordprocessingML (ISO/IEC 29500-1): the XML inside a .docx, written as text because that is several times faster."""
