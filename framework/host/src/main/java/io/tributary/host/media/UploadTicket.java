package io.tributary.host.media;

import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// The permission to upload one file.
///
/// @param media what the file will be
/// @param type that it has to have, without parameters, in lower case
/// @param bytes how large it is at most
public record UploadTicket(
        AccountId account, MediaId media, String name, String type, long bytes, Instant until) {

    private static final String SEPARATOR = "\n";
    private static final int PARTS = 6;

    /// As text that a path can have.
    String encode() {
        String all =
                String.join(
                        SEPARATOR,
                        account.value(),
                        media.toString(),
                        type,
                        Long.toString(bytes),
                        Long.toString(until.getEpochSecond()),
                        name);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(all.getBytes(StandardCharsets.UTF_8));
    }

    /// What [#encode] made; only what bears our seal may be given.
    static UploadTicket decode(String text) {
        String[] parts =
                new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                        .split(SEPARATOR, PARTS);
        return new UploadTicket(
                AccountId.of(parts[0]),
                MediaId.of(parts[1]),
                parts[5],
                parts[2],
                Long.parseLong(parts[3]),
                Instant.ofEpochSecond(Long.parseLong(parts[4])));
    }

    /// Without the name: customers give it.
    @Override
    public String toString() {
        return "UploadTicket[" + media + "]";
    }
}
