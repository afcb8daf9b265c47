package io.tributary.host.http;

import org.jspecify.annotations.Nullable;

/// The path of an account's door: `/channels/{account}/{door}[/…][?…]`.
///
/// @param account unchecked
/// @param path what follows the door, without the query, decoded
record ChannelPath(String account, String path) {

    private static final String CHANNELS = "/channels/";

    /// @param uri as the client sent it
    /// @return null: it is none of this door
    /// @throws Problem what follows the door cannot be decoded
    static @Nullable ChannelPath of(String uri, String door) {
        if (!uri.startsWith(CHANNELS)) {
            return null;
        }
        int account = uri.indexOf('/', CHANNELS.length());
        if (account < 0 || !uri.startsWith(door, account + 1)) {
            return null;
        }
        int behind = account + 1 + door.length();
        int query = uri.indexOf('?');
        int end = query < 0 ? uri.length() : query;
        if (behind < end && uri.charAt(behind) != '/') {
            return null;
        }
        String rest = uri.substring(Math.min(behind + 1, end), end);
        return new ChannelPath(
                uri.substring(CHANNELS.length(), account),
                rest.indexOf('%') < 0 ? rest : UrlText.segment(rest));
    }
}
