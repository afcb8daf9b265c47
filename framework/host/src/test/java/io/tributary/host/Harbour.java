package io.tributary.host;

import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// A cluster of whole members, ada and bea, over a database of its own; and a port beside theirs
/// for who does not belong to them.
final class Harbour implements AutoCloseable {

    static final String NAME = "harbour";

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final Path folder;
    private final PostgresAddress database = TestServer.database();
    private final List<Integer> ports = freePorts(3);
    private final Deque<BuzzerMember> members = new ArrayDeque<>();
    private final Tower tower = new Tower(3);

    Harbour(Path folder) throws IOException {
        this.folder = folder;
    }

    BuzzerMember ada() throws Exception {
        return member("ada", "127.0.0.1", InstantSource.system());
    }

    BuzzerMember bea() throws Exception {
        return bea(InstantSource.system());
    }

    BuzzerMember bea(InstantSource clock) throws Exception {
        return member("bea", "127.0.0.1", clock);
    }

    /// @param bind where other members are to find it
    BuzzerMember member(String name, String bind, InstantSource clock) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        Path file =
                Files.writeString(
                        own.resolve("tributary.yaml"),
                        """
                        cluster:
                          name: %s
                          member: %s
                          bind: "%s"
                          port: %d
                          members: ["127.0.0.1:%d", "127.0.0.1:%d"]
                          keys: ["%s"]
                        accounts:
                          door: {channel: buzzer}
                          mast: {channel: buzzer, config: {tower: %d, slots: 3}}
                        """
                                .formatted(
                                        NAME,
                                        name,
                                        bind,
                                        name.equals("ada") ? adasPort() : ports.get(1),
                                        ports.get(0),
                                        ports.get(1),
                                        KEY,
                                        tower.port()));
        var member =
                BuzzerMember.start(
                        own,
                        file,
                        Map.of(
                                "TRIBUTARY_LOG_DATABASE_URL", database.url(),
                                "TRIBUTARY_LOG_DATABASE_USER", database.user(),
                                "TRIBUTARY_MASTER_KEY", KEY),
                        clock);
        members.add(member);
        return member;
    }

    int adasPort() {
        return ports.get(0);
    }

    /// Nobody's.
    int otherPort() {
        return ports.get(2);
    }

    PostgresAddress database() {
        return database;
    }

    /// What the account with connections connects to.
    Tower tower() {
        return tower;
    }

    /// How many members this one sees in the grid, itself among them.
    static int inGrid(BuzzerMember member) {
        return member.send("GET", "/admin/v1/members", null)
                        .body()
                        .split("\"grid\":true", -1)
                        .length
                - 1;
    }

    static String ready(BuzzerMember member) {
        return member.send("GET", "/health/ready", null).body();
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return taken.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket each : taken) {
                each.close();
            }
        }
    }

    @Override
    public void close() throws Exception {
        members.forEach(BuzzerMember::close);
        tower.close();
        TestServer.drop(database);
    }
}
