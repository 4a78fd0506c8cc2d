-- What the house keeps for players whose wallets could not take it, for the administrator's list: src/admin/UnclaimedMoney.ts.
CREATE INDEX ledger_unclaimed ON ledger (at, kind, entity_id, version, line) WHERE credit = 'house:unclaimed';
