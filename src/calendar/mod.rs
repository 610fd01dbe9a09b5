//! Windows, due rules, working days and the clock. Pure: no database, no web.
