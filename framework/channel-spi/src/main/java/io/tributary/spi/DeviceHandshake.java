package io.tributary.spi;

import io.tributary.model.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a device asked to connect.
///
/// @param path what follows the door
/// @param query the first value of each parameter
/// @param headers by lower-case name
/// @param subprotocols as offered, in order of preference
/// @param remote the device's IP address
/// @param parked what the session before handed over at an upgrade; null: a new socket
@Preview
public record DeviceHandshake(
        String path,
        Map<String, String> query,
        Map<String, List<String>> headers,
        List<String> subprotocols,
        String remote,
        @Nullable Bytes parked) {

    public DeviceHandshake {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        subprotocols = List.copyOf(subprotocols);
    }

    /// The first header of that name, in whatever case; null where there is none.
    public @Nullable String header(String name) {
        return Headers.first(headers, name);
    }

    /// Only the path: the rest may hold secrets.
    @Override
    public String toString() {
        return "DeviceHandshake[" + path + "]";
    }
}
