package io.tributary.host.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a new channel's name")
final class ChannelNameTest {

    @Test
    @DisplayName("is made into what classes, people and packages are called")
    void forms() {
        var name = ChannelName.of("kiosk-print-2", null);

        assertThat(name.type()).isEqualTo("KioskPrint2");
        assertThat(name.title()).isEqualTo("Kiosk print 2");
        assertThat(name.javaPackage()).isEqualTo("com.example.kioskprint2");
        assertThat(ChannelName.of("pager", "org.acme.paging").folder())
                .isEqualTo("org/acme/paging");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Pager", "2pager", "-pager", "pager-", "pa--ger", "pa ger", "päger"})
    @DisplayName("is refused where it could not be an id")
    void refused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelName.of(id, "com.example.pager"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "com.new.pager",
                "com..pager",
                "com.Pager",
                "java.pager",
                "io.tributary.x"
            })
    @DisplayName("is refused with a package that cannot be or is not theirs")
    void refusedPackage(String javaPackage) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChannelName.of("pager", javaPackage));
    }
}
