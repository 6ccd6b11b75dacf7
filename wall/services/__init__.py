"""One verb function for each thing a person does. Plain values in, plain values out."""
