package io.tributary.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// What a member's data folder is known by to the others: the next run in it takes the place of the
/// one before.
final class MemberHome {

    private MemberHome() {}

    static String of(Path data) throws IOException {
        Path file = data.resolve("member.id");
        if (!Files.exists(file)) {
            // whole or not at all, whenever the machine stops
            Path fresh = data.resolve("member.id.new");
            Files.writeString(fresh, UUID.randomUUID() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }
}
