"""Ways to sign a PDF, all behind ``services.ports.Signer``: token, key file, local service, another program, ink."""
