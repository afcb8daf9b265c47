package io.tributary.spi;

import io.tributary.model.Bytes;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Has pages that browsers load, on an origin of their own: the same for everybody who asks.
///
/// A page may run scripts and styles of its own origin, not such as stand in the HTML, and connect
/// to the devices' door ([Door#CONNECT]). Other sites may embed scripts and pictures, but not whole
/// pages. The host compresses and tags what it serves.
@Preview
public interface ServesPages {

    /// One page. Deadline 2 s. Anybody may ask, so of the channel's calls at once an eighth (at
    /// least one) is for pages.
    ///
    /// @param path what follows the door, such as `widget.js`
    /// @param query the first value of each parameter
    /// @return null: there is none, 404
    /// @throws Exception 500
    @Nullable Page page(String path, Map<String, String> query) throws Exception;

    /// What the browser gets.
    ///
    /// @param type the media type
    /// @param cacheFor how long browsers may keep it; zero: not at all
    record Page(String type, Bytes body, Duration cacheFor) {

        public Page {
            Shape.name(type, "a page's media type");
            Shape.notNegative(cacheFor, "how long a page is cached");
        }
    }
}
