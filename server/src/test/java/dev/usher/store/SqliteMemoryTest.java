package dev.usher.store;

class SqliteMemoryTest extends StoreSuite {
    @Override
    Store open() {
        return SqliteStore.inMemory();
    }

    /** One connection serves everybody in turn. */
    @Override
    boolean readsBesideWrites() {
        return false;
    }
}
