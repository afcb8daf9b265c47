package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// 128 bits that stand for texts of any length and origin. Cut from SHA-256, so nobody can choose
/// two texts that meet.
record Hash(long high, long low) {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static Hash of(AccountId account, String text) {
        MessageDigest digest = sha256();
        digest.update(account.value().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return of(digest.digest());
    }

    static Hash of(byte[] bytes) {
        return new Hash((long) LONGS.get(bytes, 0), (long) LONGS.get(bytes, 8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256, which every Java has", e);
        }
    }

    byte[] bytes() {
        byte[] bytes = new byte[16];
        LONGS.set(bytes, 0, high);
        LONGS.set(bytes, 8, low);
        return bytes;
    }

    /// The bits are as good as random already.
    @Override
    public int hashCode() {
        return (int) low;
    }
}
