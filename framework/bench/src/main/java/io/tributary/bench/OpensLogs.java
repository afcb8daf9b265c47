package io.tributary.bench;

import io.tributary.host.Node;
import io.tributary.host.configuration.Configuration;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The other end of [SwitchingMember]: opens and closes members as it is told, one at a time, until
/// nobody tells it anything more.
public final class OpensLogs {

    static final String OPEN = "open ";
    static final String CLOSE = "close";
    static final String READY = "ready ";
    static final String CLOSED = "closed";

    private OpensLogs() {}

    public static void main(String[] arguments) throws Exception {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        @Nullable Node node = null;
        try {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                if (node != null) {
                    node.close();
                    node = null;
                }
                if (line.startsWith(OPEN)) {
                    node = open(line.substring(OPEN.length()));
                    System.out.println(READY + node.url());
                } else {
                    System.out.println(CLOSED);
                }
            }
        } finally {
            if (node != null) {
                node.close();
            }
        }
    }

    private static Node open(String data) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("TRIBUTARY_DATA", data);
        environment.put("TRIBUTARY_HTTP_PORT", "0");
        environment.put("TRIBUTARY_EGRESS_ALLOW", "127.0.0.0/8");
        return Node.start(Configuration.load(null, environment), environment);
    }
}
