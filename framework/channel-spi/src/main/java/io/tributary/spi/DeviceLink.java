package io.tributary.spi;

import io.tributary.model.MediaId;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The host's side of a device's socket. Thread safe.
@Preview
@HostProvided
public interface DeviceLink extends Inbox {

    /// Sends one frame, and waits while the device is slow.
    ///
    /// @throws IOException the socket is gone
    void send(Frame frame) throws IOException;

    /// Closes the socket.
    ///
    /// @param code as in RFC 6455, 1000 or 3000 to 4999
    void close(int code, String reason);

    /// Shows the session a conversation from now on, see [Follows].
    ///
    /// @param cursor after which interaction to begin; null: with the next one
    void follow(String address, @Nullable String cursor);

    void unfollow(String address);

    /// Lets the device upload one file. Nothing becomes of it in the log by itself: the device says
    /// in a frame that it has brought it, and what is translated from that names the medium as
    /// stored.
    ///
    /// A device can name any id. Where it must not send what it was not given (another's
    /// recording), sign the id together with whose it is, and check that when it comes back.
    ///
    /// The host looks into the file: one that is not of the type is refused with 415. Of a type
    /// with several names each may be said (a WAV is `audio/wav`, `audio/x-wav` or
    /// `audio/vnd.wave`).
    ///
    /// @param bytes how large it is at most
    Upload upload(String name, String type, long bytes);

    /// Where the device puts the file.
    ///
    /// @param media what it will be: once the file is there, [MediaStore#open(MediaId)] opens it
    /// @param url for one `PUT`, soon; on the origin of the account's pages ([Door#PAGES]), which
    ///   may put there
    record Upload(MediaId media, URI url) {}
}
