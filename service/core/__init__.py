"""The pure rules of licensing and credit: values in, values out."""
