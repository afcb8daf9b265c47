package io.tributary.testkit.pager;

import org.junit.jupiter.api.DisplayName;

@DisplayName("a channel that keeps its promises passes")
class PagerContractTest extends PagerContract {}
