-- What was asked of the person when the session began, and is not done yet.
alter table session add column password_reset_due boolean not null default false;
alter table session add column second_factor_due boolean not null default false;
