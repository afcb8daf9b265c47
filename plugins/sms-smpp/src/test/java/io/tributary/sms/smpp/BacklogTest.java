package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BacklogTest {

    @Test
    @DisplayName("after one was refused all are, until nothing waits that came before it")
    void overflow() throws Exception {
        var backlog = new Backlog<String>(3, 100, String::length);
        assertThat(backlog.add("a")).isTrue();
        assertThat(backlog.add("b")).isTrue();
        assertThat(backlog.add("c")).isTrue();
        assertThat(backlog.add("d")).isFalse();

        assertThat(backlog.take(1, 0)).containsExactly("a");
        assertThat(backlog.add("e")).isFalse();
        assertThat(backlog.take(10, 0)).containsExactly("b", "c");
        assertThat(backlog.add("d")).isTrue();
        assertThat(backlog.add("e")).isTrue();
    }

    @Test
    @DisplayName("few that are long fill it as well as many")
    void octets() throws Exception {
        var backlog = new Backlog<String>(100, 10, String::length);
        assertThat(backlog.add("123456")).isTrue();
        assertThat(backlog.add("12345")).isFalse();

        assertThat(backlog.take(100, 0)).containsExactly("123456");
        assertThat(backlog.add("12345")).isTrue();
        assertThat(backlog.add("67890")).isTrue();
        assertThat(backlog.add("1")).isFalse();
    }

    @Test
    @DisplayName("all that waits can be refused at once")
    void cleared() throws Exception {
        var backlog = new Backlog<String>(2, 100, String::length);
        backlog.add("a");
        backlog.add("b");

        assertThat(backlog.clear()).containsExactly("a", "b");
        assertThat(backlog.take(1, 1)).isEmpty();
        assertThat(backlog.add("c")).isTrue();
    }
}
