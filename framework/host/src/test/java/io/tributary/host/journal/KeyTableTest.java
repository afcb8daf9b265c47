package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of keys")
final class KeyTableTest {

    @Test
    @DisplayName("knows what a map knows, through growth, removal and keys that meet")
    void asAMap() {
        var random = new Random(7);
        var table = new KeyTable(16);
        Map<Hash, Long> map = new HashMap<>();
        List<Hash> all = new ArrayList<>();
        for (long id = 1; id <= 20_000; id++) {
            // a small range, so that many have one slot, and some are put twice
            Hash hash = new Hash(random.nextInt(2_000), random.nextInt(8));
            all.add(hash);
            table.putIfAbsent(hash, id);
            map.putIfAbsent(hash, id);
            if (id % 5 == 0) {
                Hash gone = all.get(random.nextInt(all.size()));
                table.remove(gone);
                map.remove(gone);
            }
        }

        assertThat(table.size()).isEqualTo(map.size());
        for (Hash hash : all) {
            assertThat(table.find(hash)).isEqualTo(map.getOrDefault(hash, 0L));
        }
        assertThat(table.find(new Hash(5_000, 1))).isZero();
    }

    @Test
    @DisplayName("lists its entries in the order in which the database sorts their bytes")
    void order() {
        var random = new Random(11);
        var table = new KeyTable(16);
        List<Hash> hashes = new ArrayList<>();
        for (long id = 1; id <= 5_000; id++) {
            // half of them differ only in their last bits
            long high = id % 2 == 0 ? random.nextLong() : -3 + random.nextInt(6);
            hashes.add(new Hash(high, random.nextLong()));
            table.putIfAbsent(hashes.getLast(), id);
        }
        hashes.sort(Comparator.comparing(Hash::bytes, java.util.Arrays::compareUnsigned));

        assertThat(table.sorted()).extracting(KeyTable.Entry::hash).isEqualTo(hashes);
        assertThat(table.sorted())
                .allSatisfy(entry -> assertThat(table.find(entry.hash())).isEqualTo(entry.id()));
    }

    @Test
    @DisplayName("shows readers on other threads every key that was put before they asked")
    void otherThreads() throws InterruptedException {
        var table = new KeyTable(16);
        var put = new AtomicLong();
        var wrong = new AtomicLong();
        var reader =
                Thread.ofPlatform()
                        .start(() -> {
                            var random = new Random(3);
                            for (long upTo = put.get(); upTo < 200_000; upTo = put.get()) {
                                long id = upTo == 0 ? 0 : 1 + random.nextLong(upTo);
                                if (id > 0 && table.find(key(id)) != id) {
                                    wrong.incrementAndGet();
                                }
                            }
                        });
        for (long id = 1; id <= 200_000; id++) {
            table.putIfAbsent(key(id), id);
            put.set(id);
        }
        reader.join();

        assertThat(wrong).hasValue(0);
    }

    private static Hash key(long id) {
        return new Hash(id * 0x9E3779B97F4A7C15L, id * 0xC2B2AE3D27D4EB4FL);
    }
}
