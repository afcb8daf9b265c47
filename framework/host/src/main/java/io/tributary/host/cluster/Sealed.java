package io.tributary.host.cluster;

import io.tributary.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals what crosses the grid, and opens it: AES-256-GCM. Thread safe.
///
/// A sealed message is `1, key id (8 bytes), session (16), number (8), ciphertext with tag`. Each
/// start of a member is a session with a key of its own, derived from cluster key, cluster name and
/// session; its messages are numbered and the number is the nonce. So no nonce comes twice however
/// many messages there are, where random ones would have been used up within weeks, and a reader
/// can tell what it has seen before.
///
/// What a message is about is part of the seal: it cannot be opened as something else.
final class Sealed {

    private static final byte VERSION = 1;
    private static final int SESSION_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int NUMBER_AT = 1 + ClusterKey.ID_BYTES + SESSION_BYTES;
    private static final int HEADER_BYTES = NUMBER_AT + Long.BYTES;

    private static final int DISGUISE_BYTES = 16;

    /// Sessions whose keys are remembered. More than members there are: their starts count.
    private static final int SESSIONS = 256;

    /// What a sealed message adds to its content.
    static final int OVERHEAD = HEADER_BYTES + TAG_BYTES;

    private final String cluster;
    private final List<ClusterKey> keys;
    private final byte[] session;
    private final SecretKey own;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Bytes, SecretKey> sessions = Collections.synchronizedMap(new Newest<>());

    /// @param keys the first seals, all open
    Sealed(String cluster, List<ClusterKey> keys) {
        this.cluster = cluster;
        this.keys = List.copyOf(keys);
        this.session = new byte[SESSION_BYTES];
        new SecureRandom().nextBytes(session);
        this.own = sessionKey(this.keys.getFirst(), session);
    }

    /// What was in a message.
    ///
    /// @param session of its sender
    /// @param number higher than of all that were sealed before in the session
    record Opened(Bytes content, Bytes session, long number) {}

    byte[] seal(byte[] content, String about) {
        byte[] header =
                ByteBuffer.allocate(HEADER_BYTES)
                        .put(VERSION)
                        .put(keys.getFirst().id())
                        .put(session)
                        .putLong(numbers.incrementAndGet())
                        .array();
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, own, header, about);
            byte[] sealed = Arrays.copyOf(header, OVERHEAD + content.length);
            cipher.doFinal(content, 0, content.length, sealed, HEADER_BYTES);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot seal with AES-GCM", impossible);
        }
    }

    /// Empty when it was not sealed by one of the keys, or about something else, or was changed.
    Optional<Opened> open(byte[] sealed, String about) {
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            return Optional.empty();
        }
        Bytes sender = Bytes.of(Arrays.copyOfRange(sealed, 1, NUMBER_AT));
        SecretKey key = key(sender);
        if (key == null) {
            return Optional.empty();
        }
        byte[] header = Arrays.copyOf(sealed, HEADER_BYTES);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key, header, about);
            byte[] content = cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
            // only now: who has no key cannot push out what is remembered
            sessions.put(sender, key);
            return Optional.of(
                    new Opened(
                            Bytes.wrap(content),
                            sender.slice(ClusterKey.ID_BYTES, sender.length()),
                            ByteBuffer.wrap(header).getLong(NUMBER_AT)));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    /// What stands for a text where it may not be read: the same for all that use the same key.
    String disguise(String text) {
        String purpose = "disguise in " + cluster + " of " + text;
        byte[] derived = keys.getFirst().derive(purpose.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(derived, 0, DISGUISE_BYTES);
    }

    /// @param sender key id and session
    private @Nullable SecretKey key(Bytes sender) {
        SecretKey known = sessions.get(sender);
        if (known != null) {
            return known;
        }
        byte[] id = sender.slice(0, ClusterKey.ID_BYTES).toArray();
        for (ClusterKey each : keys) {
            if (Arrays.equals(each.id(), id)) {
                return sessionKey(
                        each, sender.slice(ClusterKey.ID_BYTES, sender.length()).toArray());
            }
        }
        return null;
    }

    private SecretKey sessionKey(ClusterKey key, byte[] session) {
        byte[] name = ("session of " + cluster + " ").getBytes(StandardCharsets.UTF_8);
        byte[] purpose = Arrays.copyOf(name, name.length + session.length);
        System.arraycopy(session, 0, purpose, name.length, session.length);
        return new SecretKeySpec(key.derive(purpose), "AES");
    }

    private Cipher cipher(int mode, SecretKey key, byte[] header, String about)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(header, NUMBER_AT, nonce, NONCE_BYTES - Long.BYTES, Long.BYTES);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD((cluster + " " + about).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /// As many as [#SESSIONS], those that were not used for longest leave first.
    static final class Newest<K, V> extends LinkedHashMap<K, V> {

        Newest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > SESSIONS;
        }
    }
}
