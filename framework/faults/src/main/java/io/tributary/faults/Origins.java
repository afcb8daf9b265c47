package io.tributary.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finds out which process of this machine has the other end of a connection, by what the system
/// tells in `/proc`, so that nobody has to be believed. Thread safe.
final class Origins {

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private final Map<String, Long> known = new ConcurrentHashMap<>();

    /// @param port the local one of the process in question
    /// @param server the port that it is connected to
    /// @return 0: no process of this machine has it, or it was too fast
    long process(int port, int server) throws IOException {
        String inode = inode(port, server);
        if (inode.isEmpty() || inode.equals("0")) {
            return 0;
        }
        Long before = known.get(inode);
        if (before != null) {
            return before;
        }
        look();
        return known.getOrDefault(inode, 0L);
    }

    /// By both ends: processes that are connected to different servers may have the same local
    /// port.
    static String inode(int port, int server) throws IOException {
        String local = ":%04X".formatted(port);
        String remote = ":%04X".formatted(server);
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length > INODE
                        && words[LOCAL].endsWith(local)
                        && words[REMOTE].endsWith(remote)) {
                    return words[INODE];
                }
            }
        }
        return "";
    }

    /// At the sockets of all that this process has started.
    private void look() {
        ProcessHandle.current()
                .descendants()
                .forEach(process -> {
                    Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
                    try (var files = Files.list(open)) {
                        files.forEach(file -> note(file, process.pid()));
                    } catch (IOException gone) {
                        // so are its connections
                    }
                });
    }

    private void note(Path file, long process) {
        try {
            String to = Files.readSymbolicLink(file).toString();
            if (to.startsWith("socket:[")) {
                known.put(to.substring("socket:[".length(), to.length() - 1), process);
            }
        } catch (IOException closed) {
            // it is not the one in question, which waits for an answer
        }
    }
}
