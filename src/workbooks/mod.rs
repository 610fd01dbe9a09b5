//! Excel writers: plain rows in, bytes out; no database, no clock, no web.
