package io.tributary.faults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/// One event of the log, as somebody was shown it.
///
/// @param about what a receipt is about; empty: it is none
/// @param status what a receipt says
/// @param event a digest of the whole event, so that two who saw the same have the same row, and
///   long runs stay small
record Row(
        long position,
        String id,
        String sender,
        String text,
        String about,
        String status,
        String event) {

    /// One that is no receipt.
    Row(long position, String id, String sender, String text, String event) {
        this(position, id, sender, text, "", "", event);
    }

    /// @param event a CloudEvent of the stream or of a page
    static Row of(JsonNode event) {
        JsonNode data = event.path("data");
        boolean receipt = data.path("parts").path(0).path("type").asString("").equals("receipt");
        return new Row(
                data.path("position").asLong(),
                data.path("id").asString(""),
                data.path("address").asString(""),
                data.path("parts").path(0).path("text").asString(""),
                receipt ? data.path("target").path("interaction").asString("") : "",
                receipt ? data.path("parts").path(0).path("status").asString("") : "",
                digest(event.toString()));
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] whole = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
