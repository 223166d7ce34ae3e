"""The rules of the field; standard library only, nothing here waits or does I/O."""
