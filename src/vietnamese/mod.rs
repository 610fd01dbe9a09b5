//! Vietnamese text: normal forms, search and sort keys, numbers and dates in words. Pure.
