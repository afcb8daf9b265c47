package io.tributary.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// What a member's data folder is known by to the others: the next run in it takes the place of the
/// one before.
final class MemberHome {

    private MemberHome() {}

    static String of(Path data) throws IOException {
        Path file = data.resolve("member.id");
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID() + "\n");
        }
        return Files.readString(file).strip();
    }
}
