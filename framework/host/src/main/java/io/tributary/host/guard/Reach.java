package io.tributary.host.guard;

import io.tributary.host.artifacts.Entitlement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which calls of the JDK reach beyond the process: before each of them the plugin is asked for its
/// entitlement. The ways that code usually takes, not every way there is.
final class Reach {

    private static final Set<String> ANY = Set.of();
    private static final Set<String> MADE = Set.of("<init>");

    private static final Map<String, Way> WAYS = new HashMap<>();

    /// @param names of methods; empty: all of them
    private record Way(Entitlement needed, Set<String> names) {}

    static {
        sockets();
        files();
        way(Entitlement.PROCESSES, "java/lang/ProcessBuilder", Set.of("start", "startPipeline"));
        way(Entitlement.PROCESSES, "java/lang/Runtime", Set.of("exec"));
    }

    private Reach() {}

    private static void sockets() {
        Entitlement sockets = Entitlement.SOCKETS;
        way(sockets, "java/net/Socket", MADE);
        way(sockets, "java/net/ServerSocket", MADE);
        way(sockets, "java/net/DatagramSocket", MADE);
        way(sockets, "java/net/MulticastSocket", MADE);
        way(sockets, "java/net/http/HttpClient", Set.of("newHttpClient", "newBuilder"));
        way(sockets, "java/nio/channels/SocketChannel", Set.of("open"));
        way(sockets, "java/nio/channels/ServerSocketChannel", Set.of("open"));
        way(sockets, "java/nio/channels/DatagramChannel", Set.of("open"));
        way(sockets, "java/nio/channels/AsynchronousSocketChannel", Set.of("open"));
        way(sockets, "java/nio/channels/AsynchronousServerSocketChannel", Set.of("open"));
        way(
                sockets,
                "java/nio/channels/spi/SelectorProvider",
                Set.of("openSocketChannel", "openServerSocketChannel", "openDatagramChannel"));
        way(sockets, "javax/net/SocketFactory", Set.of("createSocket"));
        way(sockets, "javax/net/ssl/SSLSocketFactory", Set.of("createSocket"));
        way(sockets, "javax/net/ServerSocketFactory", Set.of("createServerSocket"));
        way(sockets, "javax/net/ssl/SSLServerSocketFactory", Set.of("createServerSocket"));
        way(sockets, "com/sun/net/httpserver/HttpServer", Set.of("create"));
        way(sockets, "com/sun/net/httpserver/HttpsServer", Set.of("create"));
    }

    private static void files() {
        Entitlement files = Entitlement.FILES;
        way(files, "java/nio/file/Files", ANY);
        way(files, "java/nio/channels/FileChannel", Set.of("open"));
        way(files, "java/nio/channels/AsynchronousFileChannel", Set.of("open"));
        way(files, "java/io/FileInputStream", MADE);
        way(files, "java/io/FileOutputStream", MADE);
        way(files, "java/io/FileReader", MADE);
        way(files, "java/io/FileWriter", MADE);
        way(files, "java/io/RandomAccessFile", MADE);
        way(files, "java/util/zip/ZipFile", MADE);
        way(files, "java/util/jar/JarFile", MADE);
        way(
                files,
                "java/io/File",
                Set.of(
                        "createNewFile",
                        "createTempFile",
                        "delete",
                        "deleteOnExit",
                        "list",
                        "listFiles",
                        "mkdir",
                        "mkdirs",
                        "renameTo"));
    }

    private static void way(Entitlement needed, String owner, Set<String> names) {
        WAYS.put(owner, new Way(needed, names));
    }

    /// What a call needs; null: nothing.
    ///
    /// @param owner internal name of the class that it is called on
    static @Nullable Entitlement of(String owner, String name) {
        Way way = WAYS.get(owner);
        return way != null && (way.names.isEmpty() || way.names.contains(name)) ? way.needed : null;
    }
}
