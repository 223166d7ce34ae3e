"""The document model and its renderings: one composed Document becomes .docx, PDF and page images."""
