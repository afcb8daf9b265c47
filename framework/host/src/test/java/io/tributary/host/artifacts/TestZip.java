package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes a ZIP file byte by byte, so that every field of it can lie.
final class TestZip {

    final List<Item> items = new ArrayList<>();
    byte[] before = {};
    byte[] beforeDirectory = {};
    byte[] after = {};
    byte[] comment = {};
    int disk;
    int entriesMore;
    int directoryMore;

    /// One entry, twice: as it says of itself, and as the list says.
    static final class Item {
        byte[] localName = {};
        byte[] name = {};
        int format = 20;
        int flags = 1 << 11;
        int localFlags = 1 << 11;
        int method;
        byte[] packed = {};
        byte[] behind = {};
        long crc;
        long size;
        long localSize;
        byte[] extra = {};
        byte[] localExtra = {};
        byte[] entryComment = {};
        long attributes;
        int at;
    }

    /// A plugin that every host takes where unsigned ones are allowed.
    static TestZip plugin() {
        return new TestZip()
                .stored(
                        "META-INF/MANIFEST.MF",
                        """
                        Manifest-Version: 1.0
                        Plugin-Id: pager
                        Plugin-Version: 1.0.0
                        Tributary-Spi: 0.1
                        Tributary-Channels: pager

                        """)
                .stored("META-INF/README.md", "# Pager\n")
                .stored("META-INF/services/io.tributary.spi.Channel", "pager.TheChannel\n")
                .stored("pager/TheChannel.class", "no class, and nobody runs it");
    }

    TestZip stored(String name, String text) {
        return stored(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestZip stored(String name, byte[] content) {
        items.add(item(name, content, content, 0));
        return this;
    }

    TestZip deflated(String name, byte[] content) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        items.add(item(name, content, java.util.Arrays.copyOf(packed, length), 8));
        return this;
    }

    private static Item item(String name, byte[] content, byte[] packed, int method) {
        var item = new Item();
        item.name = name.getBytes(StandardCharsets.UTF_8);
        item.localName = item.name;
        item.method = method;
        item.packed = packed;
        var sum = new CRC32();
        sum.update(content);
        item.crc = sum.getValue();
        item.size = content.length;
        item.localSize = content.length;
        return item;
    }

    Item last() {
        return items.getLast();
    }

    Bytes bytes() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(before);
        for (Item each : items) {
            each.at = out.size();
            local(out, each);
        }
        out.writeBytes(beforeDirectory);
        int directory = out.size();
        items.forEach(each -> central(out, each));
        int length = out.size() - directory;
        out.writeBytes(
                fields(22)
                        .putInt(0x06054b50)
                        .putShort((short) disk)
                        .putShort((short) 0)
                        .putShort((short) items.size())
                        .putShort((short) (items.size() + entriesMore))
                        .putInt(length)
                        .putInt(directory + directoryMore)
                        .putShort((short) comment.length)
                        .array());
        out.writeBytes(comment);
        out.writeBytes(after);
        return Bytes.wrap(out.toByteArray());
    }

    private static void local(ByteArrayOutputStream out, Item item) {
        boolean follow = (item.localFlags & 8) != 0;
        out.writeBytes(
                fields(30)
                        .putInt(0x04034b50)
                        .putShort((short) item.format)
                        .putShort((short) item.localFlags)
                        .putShort((short) item.method)
                        .putInt(0)
                        .putInt(follow ? 0 : (int) item.crc)
                        .putInt(follow ? 0 : item.packed.length)
                        .putInt(follow ? 0 : (int) item.localSize)
                        .putShort((short) item.localName.length)
                        .putShort((short) item.localExtra.length)
                        .array());
        out.writeBytes(item.localName);
        out.writeBytes(item.localExtra);
        out.writeBytes(item.packed);
        out.writeBytes(item.behind);
    }

    private static void central(ByteArrayOutputStream out, Item item) {
        out.writeBytes(
                fields(46)
                        .putInt(0x02014b50)
                        .putShort((short) 0x031E)
                        .putShort((short) item.format)
                        .putShort((short) item.flags)
                        .putShort((short) item.method)
                        .putInt(0)
                        .putInt((int) item.crc)
                        .putInt(item.packed.length)
                        .putInt((int) item.size)
                        .putShort((short) item.name.length)
                        .putShort((short) item.extra.length)
                        .putShort((short) item.entryComment.length)
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putInt((int) item.attributes)
                        .putInt(item.at)
                        .array());
        out.writeBytes(item.name);
        out.writeBytes(item.extra);
        out.writeBytes(item.entryComment);
    }

    static ByteBuffer fields(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A descriptor as it stands behind an entry whose sizes follow.
    static byte[] descriptor(Item item, boolean marked) {
        var fields = fields(marked ? 16 : 12);
        if (marked) {
            fields.putInt(0x08074b50);
        }
        return fields.putInt((int) item.crc)
                .putInt(item.packed.length)
                .putInt((int) item.size)
                .array();
    }
}
