package io.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void nobodyCanChangeThemFromOutside() {
        byte[] array = {1, 2, 3};
        var bytes = Bytes.of(array);
        array[0] = 9;
        bytes.toArray()[1] = 9;

        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
        assertThat(bytes.asBuffer().isReadOnly()).isTrue();
    }

    @Property
    void aSliceIsTheSameAsACopyOfTheRange(
            @ForAll byte[] array, @ForAll @Positive int begin, @ForAll @Positive int size)
            throws IOException {
        int from = begin % (array.length + 1);
        int to = from + size % (array.length + 1 - from);
        var expected = Bytes.of(Arrays.copyOfRange(array, from, to));
        var slice = Bytes.wrap(array).slice(from, to);
        var written = new ByteArrayOutputStream();
        slice.writeTo(written);

        assertThat(slice).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(slice.asStream().readAllBytes()).isEqualTo(expected.toArray());
        assertThat(written.toByteArray()).isEqualTo(expected.toArray());
        assertThat(slice.asBuffer()).isEqualTo(expected.asBuffer());
    }

    @Test
    void aSliceOfASliceCountsFromTheSlice() {
        var slice = Bytes.utf8("abcdef").slice(1, 5).slice(1, 3);

        assertThat(slice.utf8()).isEqualTo("cd");
        assertThat(slice.at(0)).isEqualTo((byte) 'c');
        assertThat(slice.length()).isEqualTo(2);
    }

    @Test
    void nothingIsReadBeyondASlice() {
        var slice = Bytes.utf8("abcdef").slice(1, 3);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.at(2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> slice.slice(0, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Bytes.wrap(new byte[2], 1, 2));
    }

    @Test
    void theTextFormTellsNothingButTheLength() {
        assertThat(Bytes.utf8("secret")).hasToString("Bytes[6]");
        assertThat(Bytes.of(new byte[0])).isSameAs(Bytes.EMPTY);
    }
}
