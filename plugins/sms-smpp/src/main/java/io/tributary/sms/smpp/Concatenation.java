package io.tributary.sms.smpp;

/// How the messages of a long text say that they belong together.
enum Concatenation {
    /// By a user data header with a reference of one octet, which all phones know.
    UDH8,
    /// By one with a reference of two octets, of which two hardly meet.
    UDH16,
    /// By the optional parameters `sar_…`, from which the SMSC makes the header.
    SAR,
    /// Not at all: the SMSC is given the whole text in `message_payload` and cuts it.
    PAYLOAD
}
