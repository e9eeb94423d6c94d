//! Makes `.dna` files as Discourse Network Analyzer 2 and 3 do: their tables, filled with whatever a test wants.

use rusqlite::{Connection, ToSql, params};
use std::path::Path;

/// The tables of both versions, as far as they are alike.
const BOTH: &str = "
    CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT);
    CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY NOT NULL, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
    CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY NOT NULL, Variable TEXT NOT NULL, DataType TEXT NOT NULL,
        StatementTypeId INTEGER);
    CREATE TABLE REGEXES(Label TEXT PRIMARY KEY NOT NULL, Red INTEGER, Green INTEGER, Blue INTEGER);
    CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY NOT NULL, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
        Stop INTEGER, Coder INTEGER);";

const THREE: &str = "
    CREATE TABLE CODERS(ID INTEGER PRIMARY KEY NOT NULL, Name TEXT NOT NULL, Red INTEGER, Green INTEGER, Blue INTEGER,
        Refresh INTEGER NOT NULL DEFAULT 0, FontSize INTEGER NOT NULL DEFAULT 14, Password TEXT NOT NULL,
        PopupWidth INTEGER NOT NULL DEFAULT 300);
    CREATE TABLE CODERRELATIONS(ID INTEGER PRIMARY KEY NOT NULL, Coder INTEGER, TargetCoder INTEGER, viewDocuments INTEGER);
    CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY NOT NULL, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER NOT NULL,
        Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '', Section TEXT NOT NULL DEFAULT '',
        Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL);
    CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL DEFAULT '',
        Red INTEGER, Green INTEGER, Blue INTEGER, ChildOf INTEGER, UNIQUE (VariableId, Value));
    CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL,
        AttributeVariable TEXT NOT NULL);
    CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER NOT NULL,
        AttributeVariableId INTEGER NOT NULL DEFAULT 1, AttributeValue TEXT);
    CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        Value INTEGER NOT NULL DEFAULT 1);
    CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        Value INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        Entity INTEGER NOT NULL);
    CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        Value TEXT DEFAULT '');";

const TWO: &str = "
    CREATE TABLE CODERS(ID INTEGER PRIMARY KEY NOT NULL, Name TEXT, Red INTEGER, Green INTEGER, Blue INTEGER, Password TEXT);
    CREATE TABLE STATEMENTLINKS(ID INTEGER PRIMARY KEY NOT NULL, SourceId INTEGER, TargetId INTEGER);
    CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY NOT NULL, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT,
        Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
    CREATE TABLE ATTRIBUTES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL, Red INTEGER,
        Green INTEGER, Blue INTEGER, Type TEXT, Alias TEXT, Notes TEXT, ChildOf INTEGER);
    CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        StatementTypeId INTEGER, Value INTEGER);
    CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        StatementTypeId INTEGER, Value INTEGER);
    CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        StatementTypeId INTEGER, Value TEXT);
    CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
        StatementTypeId INTEGER, Value TEXT);";

/// A `.dna` file that is being made.
pub struct Maker {
    version: u8,
    pub connection: Connection,
}

impl Maker {
    /// An empty file of version 2 or 3.
    pub fn new(path: &Path, version: u8) -> Self {
        let connection = Connection::open(path).unwrap();
        connection.execute_batch(BOTH).unwrap();
        connection.execute_batch(if version == 2 { TWO } else { THREE }).unwrap();
        connection.execute_batch("BEGIN").unwrap();
        let maker = Self { version, connection };
        let number = if version == 2 { "2.0 beta 25" } else { "3.0.11" };
        maker.run("INSERT INTO SETTINGS VALUES ('version', ?)", &[&number]);
        maker
    }

    pub fn run(&self, sql: &str, values: &[&dyn ToSql]) {
        self.connection.execute(sql, values).unwrap();
    }

    pub fn coder(&self, id: i64, name: &str) {
        let sql = "INSERT INTO CODERS(ID, Name, Red, Green, Blue, Password) VALUES (?, ?, 239, 208, 51, 'secret hash')";
        self.run(sql, &[&id, &name]);
    }

    /// A statement type and its variables, numbered from `first` on.
    pub fn statement_type(&self, id: i64, label: &str, first: i64, variables: &[(&str, &str)]) {
        self.run("INSERT INTO STATEMENTTYPES VALUES (?, ?, 1, 2, 255)", &[&id, &label]);
        for (number, (name, data)) in (first..).zip(variables) {
            self.run("INSERT INTO VARIABLES VALUES (?, ?, ?, ?)", &[&number, name, data, &id]);
        }
    }

    /// A document; `fields` are author, source, section, type and notes, `date` is in seconds since 1970.
    pub fn document(&self, id: i64, title: &str, text: &str, coder: i64, fields: [&str; 5], date: i64) {
        let date = if self.version == 2 { date * 1000 } else { date };
        let [author, source, section, of, notes] = fields;
        let sql = "INSERT INTO DOCUMENTS(ID, Title, Text, Coder, Author, Source, Section, Type, Notes, Date) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.run(sql, params![id, title, text, coder, author, source, section, of, notes, date]);
    }

    pub fn statement(&self, id: i64, of: i64, document: i64, place: (i64, i64), coder: i64) {
        self.run(
            "INSERT INTO STATEMENTS VALUES (?, ?, ?, ?, ?, ?)",
            params![id, of, document, place.0, place.1, coder],
        );
    }

    /// The attribute `Type` of a value, which is made if it is new.
    pub fn attribute(&self, variable: i64, value: &str, text: &str) {
        let entity = self.entity(variable, value);
        if self.version == 2 {
            return self.run("UPDATE ATTRIBUTES SET Type = ? WHERE ID = ?", params![text, entity]);
        }
        let ids = "SELECT ID FROM ATTRIBUTEVARIABLES WHERE VariableId = ?";
        let id = self.connection.query_row(ids, [variable], |row| row.get::<_, i64>(0));
        let id = id.unwrap_or_else(|_| {
            self.run("INSERT INTO ATTRIBUTEVARIABLES VALUES (NULL, ?, 'Type')", &[&variable]);
            self.connection.last_insert_rowid()
        });
        self.run("INSERT INTO ATTRIBUTEVALUES VALUES (NULL, ?, ?, ?)", params![entity, id, text]);
    }

    /// The id of a value of a short text variable, which is made if it is new.
    pub fn entity(&self, variable: i64, value: &str) -> i64 {
        let table = if self.version == 2 { "ATTRIBUTES" } else { "ENTITIES" };
        let find = format!("SELECT ID FROM {table} WHERE VariableId = ? AND Value = ?");
        self.connection.query_row(&find, params![variable, value], |row| row.get(0)).unwrap_or_else(|_| {
            let sql = format!("INSERT INTO {table}(VariableId, Value, Red, Green, Blue) VALUES (?, ?, 10, 11, 12)");
            self.run(&sql, params![variable, value]);
            self.connection.last_insert_rowid()
        })
    }

    /// The value of a variable in a statement: a text for short and long text, a number for the others.
    pub fn value(&self, table: &str, statement: i64, variable: i64, value: &dyn ToSql) {
        let middle = if self.version == 2 { ", StatementTypeId" } else { "" };
        let more = if self.version == 2 { ", 1" } else { "" };
        let short = self.version == 3 && table == "DATASHORTTEXT";
        let name = if short { "Entity" } else { "Value" };
        let sql = format!("INSERT INTO {table}(StatementId, VariableId{middle}, {name}) VALUES (?, ?{more}, ?)");
        self.run(&sql, &[&statement, &variable, value]);
    }

    /// The value of a short text variable in a statement.
    pub fn short(&self, statement: i64, variable: i64, text: &str) {
        let entity = self.entity(variable, text);
        if self.version == 2 {
            self.value("DATASHORTTEXT", statement, variable, &text);
        } else {
            self.value("DATASHORTTEXT", statement, variable, &entity);
        }
    }

    /// Puts the file on the disk.
    pub fn finish(self) {
        self.connection.execute_batch("COMMIT").unwrap();
        self.connection.close().unwrap();
    }
}
