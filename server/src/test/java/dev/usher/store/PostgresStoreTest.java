package dev.usher.store;

class PostgresStoreTest extends StoreSuite {
    @Override
    Store open() {
        return TestStore.POSTGRES.open();
    }
}
