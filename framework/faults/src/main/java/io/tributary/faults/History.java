package io.tributary.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the provider knows: which messages it sent, and which of them the member took
/// responsibility for.
///
/// @param sent in the order of sending; each was written down before its first byte left
/// @param acknowledged numbers of messages that were answered 200
/// @param attempts how many deliveries were tried beyond the first of each message
record History(List<Message> sent, Set<Long> acknowledged, long attempts) {

    /// What a [Ledger] wrote.
    static History read(Path file) throws IOException {
        List<Message> sent = new ArrayList<>();
        Set<Long> acknowledged = new HashSet<>();
        long attempts = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] words = line.split(" ", 4);
            long number = Long.parseLong(words[1]);
            switch (words[0]) {
                case Ledger.SENT -> sent.add(new Message(number, words[2], words[3]));
                case Ledger.AGAIN -> attempts++;
                case Ledger.ACKNOWLEDGED -> acknowledged.add(number);
                default -> throw new IOException(file + " has a line of no known kind: " + line);
            }
        }
        return new History(sent, acknowledged, attempts);
    }
}
