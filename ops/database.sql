-- The logins of the register and their limits. As a superuser, once: psql -v owner_password=... -v app_password=... -f database.sql
-- A login does not inherit the settings of a role it is in, and a pooler refuses connection options: limits stand on the login.

CREATE ROLE register_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE ROLE register_app LOGIN PASSWORD :'app_password' CONNECTION LIMIT 60;
GRANT register_app TO register_owner WITH ADMIN OPTION;

ALTER ROLE register_app SET statement_timeout = '20s';                     -- a page that takes longer is answered 503
ALTER ROLE register_app SET lock_timeout = '10s';
ALTER ROLE register_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE register_app SET jit = off;                                     -- compiling costs more than these queries take

-- The daily run takes longer than a page may; it logs in by itself.
CREATE ROLE register_daily LOGIN PASSWORD :'app_password' CONNECTION LIMIT 3 IN ROLE register_app;
ALTER ROLE register_daily SET statement_timeout = '30min';
ALTER ROLE register_daily SET lock_timeout = '1min';
ALTER ROLE register_daily SET jit = off;

-- Backups run as the owner. A login of their own has to read past the policies of the rows:
-- CREATE ROLE register_backup LOGIN BYPASSRLS PASSWORD '...' IN ROLE pg_read_all_data;

CREATE DATABASE register OWNER register_owner;
REVOKE TEMPORARY ON DATABASE register FROM PUBLIC;
