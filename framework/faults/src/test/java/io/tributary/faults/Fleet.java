package io.tributary.faults;

import io.tributary.bench.Webhooks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How three members of one cluster are started over one database, all with the one account.
final class Fleet {

    static final int MEMBERS = 3;

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final Path folder;
    private final List<Place> places = new ArrayList<>();
    private final Map<String, String> environment =
            new HashMap<>(
                    Map.of("TRIBUTARY_MASTER_KEY", KEY, "TRIBUTARY_EGRESS_ALLOW", "127.0.0.0/8"));
    private String provider = "";

    /// Where a member lives.
    ///
    /// @param database how it reaches the database
    /// @param http the address of its APIs
    /// @param grid the address and port for other members
    /// @param within what its command is preceded by; empty: nothing
    record Place(String database, String http, String grid, List<String> within) {}

    private Fleet(Path folder) {
        this.folder = folder;
    }

    /// All on the loopback.
    static Fleet over(Database database, Path folder) throws IOException {
        int port = freePort();
        // each takes its port, or one of those that follow
        return over(
                folder,
                IntStream.range(0, MEMBERS)
                        .mapToObj(number ->
                                new Place(
                                        database.url(),
                                        "127.0.0.1",
                                        "127.0.0.1:" + (port + number),
                                        List.of()))
                        .toList());
    }

    static Fleet over(Path folder, List<Place> places) {
        var fleet = new Fleet(folder);
        fleet.places.addAll(places);
        return fleet;
    }

    /// One of them reaches the database in another way.
    Fleet reaching(int number, String database) {
        Place place = places.get(number);
        places.set(number, new Place(database, place.http(), place.grid(), place.within()));
        return this;
    }

    /// Replies go there.
    Fleet sendingTo(URI handset) {
        provider = ", apiBase: \"" + handset + "\", messagesPerSecond: 1000";
        return this;
    }

    Fleet with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    List<Launch> launches() throws IOException {
        String members =
                places.stream()
                        .map(each -> '"' + each.grid() + '"')
                        .collect(Collectors.joining(", ", "[", "]"));
        List<Launch> launches = new ArrayList<>();
        for (int number = 0; number < places.size(); number++) {
            Place place = places.get(number);
            Path home = Files.createDirectories(folder.resolve(name(number)));
            int colon = place.grid().indexOf(':');
            Path file =
                    Files.writeString(
                            home.resolve("tributary.yaml"),
                            """
                            http: {host: "%s"}
                            log:
                              database: {url: "%s", user: postgres}
                            cluster:
                              name: faults
                              member: %s
                              bind: %s
                              port: %s
                              auto-increment: true
                              size: %d
                              members: %s
                              keys: ["%s"]
                            accounts:
                              faults:
                                channel: sms-twilio
                                config: {accountSid: %s, from: "%s", publicUrl: "http://sms.example.com"%s}
                                secrets: {authToken: %s}
                            """
                                    .formatted(
                                            place.http(),
                                            place.database(),
                                            name(number),
                                            place.grid().substring(0, colon),
                                            place.grid().substring(colon + 1),
                                            places.size(),
                                            members,
                                            KEY,
                                            Webhooks.ACCOUNT_SID,
                                            Webhooks.NUMBER,
                                            provider,
                                            Webhooks.AUTH_TOKEN));
            launches.add(
                    Places.launch(home).configured(file).with(environment).within(place.within()));
        }
        return launches;
    }

    /// What a member is called.
    static String name(int number) {
        return number < 0 ? Sends.NOBODY_KNOWS : "member-" + number;
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
