package io.tributary.bench.camel;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/// Runs the route on Camel Main's own HTTP server (platform-http on Vert.x), set up for speed as
/// Camel's manual suggests: exchanges are pooled, bodies are not copied for re-reading, nothing is
/// logged, no JMX.
///
/// Arguments: the port, the auth token, then the database file if requests are to be kept.
public final class CamelServer {

    private CamelServer() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        String url = "http://127.0.0.1:" + port;
        var main = new Main();
        main.configure()
                .withExchangeFactory("pooled")
                .withStreamCachingEnabled(false)
                .withLoadHealthChecks(false)
                .withJmxEnabled(false);
        main.configure()
                .httpServer()
                .withEnabled(true)
                .withHost("127.0.0.1")
                .withPort(port)
                .withFileUploadEnabled(false);
        boolean keeps = arguments.length > 2;
        if (keeps) {
            HikariDataSource database = Database.open(Path.of(arguments[2]));
            main.bind(Database.NAME, database);
        }
        main.configure().addRoutesBuilder(new Webhooks(new Signature(url, arguments[1]), keeps));
        main.addMainListener(new Ready(url));
        main.run();
    }

    /// Says so when requests are served.
    private static final class Ready extends MainListenerSupport {
        private final String url;

        Ready(String url) {
            this.url = url;
        }

        @Override
        public void afterStart(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            if (!context.getStatus().isStarted()) {
                throw new IllegalStateException("Camel is " + context.getStatus());
            }
            System.out.println("ready " + url);
        }
    }
}
