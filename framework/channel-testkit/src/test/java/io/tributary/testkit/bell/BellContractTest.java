package io.tributary.testkit.bell;

import org.junit.jupiter.api.DisplayName;

@DisplayName("a channel whose devices are treated as promised passes")
class BellContractTest extends BellContract {}
