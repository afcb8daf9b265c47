package io.tributary.host.plugins;

import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Optional;
import java.util.function.Function;

/// The addresses of what lies in a jar that is in memory, such as
/// `tributary-plugin:/pager/1.4.0/icon.svg`. They have no host, which `URL.equals` would look up,
/// and mean nothing outside of the objects made here.
final class JarUrls {

    private static final String SCHEME = "tributary-plugin";

    private final String root;
    private final Handler handler;

    /// @param content what is at a name in the jar
    JarUrls(PluginVersion plugin, Function<String, Optional<Bytes>> content) {
        this.root = "/" + plugin.id() + "/" + plugin.version() + "/";
        this.handler = new Handler(root, content);
    }

    URL of(String name) {
        try {
            return URL.of(new URI(SCHEME, null, root + name, null), handler);
        } catch (URISyntaxException | MalformedURLException impossible) {
            throw new IllegalArgumentException("no address for " + name, impossible);
        }
    }

    private static final class Handler extends URLStreamHandler {

        private final String root;
        private final Function<String, Optional<Bytes>> content;

        Handler(String root, Function<String, Optional<Bytes>> content) {
            this.root = root;
            this.content = content;
        }

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            String path = URI.create(url.toString()).getPath();
            Optional<Bytes> found =
                    path.startsWith(root)
                            ? content.apply(path.substring(root.length()))
                            : Optional.empty();
            return new Opened(url, found.orElseThrow(() -> new FileNotFoundException(path)));
        }
    }

    private static final class Opened extends URLConnection {

        private final Bytes content;

        Opened(URL url, Bytes content) {
            super(url);
            this.content = content;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() {
            return content.asStream();
        }

        @Override
        public long getContentLengthLong() {
            return content.length();
        }
    }
}
