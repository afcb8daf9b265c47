package io.tributary.spi;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// The provider names media instead of sending it.
public interface FetchesMedia {

    /// Says where media can be downloaded now. The host does it, after the commit, and again if it
    /// fails.
    ///
    /// May ask the provider. Deadline 30 s.
    ///
    /// @param fetch what [InboundPart#fetch()] said
    /// @throws Trouble it cannot be had, now or ever
    /// @throws IOException the provider cannot be reached: tried again
    Location locate(String fetch) throws Trouble, IOException, InterruptedException;

    /// Where to download from.
    ///
    /// @param headers to send, such as `Authorization`; never after a redirect to another host
    record Location(URI uri, Map<String, String> headers) {

        public Location {
            headers = Map.copyOf(headers);
        }

        public static Location of(URI uri) {
            return new Location(uri, Map.of());
        }

        /// Nothing of it: both may hold secrets.
        @Override
        public String toString() {
            return "Location[" + uri.getHost() + "]";
        }
    }
}
