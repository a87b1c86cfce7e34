//! German gii-norm XML.
