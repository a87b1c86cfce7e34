//! The tables as Parquet files, for analysts who load them into a data frame.
//!
//! A file is made from the finished table of comma-separated values, cell by
//! cell, so that both hold the same; only numbers become numbers.

use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use thiserror::Error;

/// A table that could not be written as Parquet.
#[derive(Debug, Error)]
pub enum TableError {
    /// The table of comma-separated values cannot be read.
    #[error("the table {table} cannot be read back: {source}")]
    Unreadable {
        /// Name of the table.
        table: String,
        /// What is wrong with it.
        source: csv::Error,
    },
    /// A cell of a column of numbers holds none.
    #[error("table {table}, line {line}: {cell:?} in the column {column} is no number")]
    NoNumber {
        /// Name of the table.
        table: String,
        /// Name of the column.
        column: String,
        /// Line of the table, its heading being line 1.
        line: usize,
        /// What stands there.
        cell: String,
    },
    /// The Parquet file cannot be put together.
    #[error("the table {table} cannot be written as Parquet: {source}")]
    Unwritable {
        /// Name of the table.
        table: String,
        /// What is wrong.
        source: ParquetError,
    },
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// UTF-8 text; an empty cell is empty text.
    Text,
    /// Whole numbers; an empty cell is null.
    Whole,
    /// Numbers with places, such as years; an empty cell is null.
    Decimal,
}

impl Kind {
    /// By the names of table and column, never by what the cells happen to
    /// hold: two runs give one schema.
    fn of(table: &str, column: &str) -> Kind {
        match (table, column) {
            ("acts", "provisions") => Kind::Whole,
            (
                _,
                "start" | "end" | "from" | "below" | "fine_minimum" | "fine_maximum" | "both"
                | "apart",
            ) => Kind::Whole,
            (_, "minimum_years" | "maximum_years" | "floor_years") => Kind::Decimal,
            _ => Kind::Text,
        }
    }

    fn column(self, name: &str) -> Result<Type, ParquetError> {
        let (physical, logical, repetition) = match self {
            Kind::Text => (
                Physical::BYTE_ARRAY,
                Some(LogicalType::String),
                Repetition::REQUIRED,
            ),
            Kind::Whole => (Physical::INT64, None, Repetition::OPTIONAL),
            Kind::Decimal => (Physical::DOUBLE, None, Repetition::OPTIONAL),
        };
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()
    }
}

/// A column with its cells, line by line.
struct Column {
    name: String,
    kind: Kind,
    cells: Vec<String>,
}

/// The bytes of a Parquet file with the lines of a table of comma-separated
/// values (`name` is the table's name, such as `findings`; its first line names
/// the columns). Byte offsets, ages and amounts are 64-bit whole numbers, years
/// are doubles, everything else is UTF-8 text.
///
/// # Errors
/// When the table is no such table, or a column of numbers holds something
/// else.
pub fn table(name: &str, csv: &[u8]) -> Result<Vec<u8>, TableError> {
    let columns = columns(name, csv).map_err(|source| TableError::Unreadable {
        table: name.to_owned(),
        source,
    })?;
    let unwritable = |source| TableError::Unwritable {
        table: name.to_owned(),
        source,
    };
    let fields = columns
        .iter()
        .map(|column| column.kind.column(&column.name).map(Arc::new))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unwritable)?;
    let schema = Type::group_type_builder(name)
        .with_fields(fields)
        .build()
        .map_err(unwritable)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("concord ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties))
        .map_err(unwritable)?;
    let mut rows = writer.next_row_group().map_err(unwritable)?;
    for column in &columns {
        write(name, column, &mut rows)?;
    }
    rows.close().map_err(unwritable)?;
    writer.close().map_err(unwritable)?;
    Ok(bytes)
}

fn columns(table: &str, csv: &[u8]) -> Result<Vec<Column>, csv::Error> {
    let mut reader = csv::Reader::from_reader(csv);
    let mut columns: Vec<Column> = reader
        .headers()?
        .iter()
        .map(|name| Column {
            name: name.to_owned(),
            kind: Kind::of(table, name),
            cells: Vec::new(),
        })
        .collect();
    // Every line has as many cells as the heading: the reader refuses others.
    for record in reader.records() {
        for (column, cell) in columns.iter_mut().zip(&record?) {
            column.cells.push(cell.to_owned());
        }
    }
    Ok(columns)
}

fn write<W: std::io::Write + Send>(
    table: &str,
    column: &Column,
    rows: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<(), TableError> {
    let unwritable = |source| TableError::Unwritable {
        table: table.to_owned(),
        source,
    };
    let Some(mut writer) = rows.next_column().map_err(unwritable)? else {
        // The schema was made of these columns: there is a writer for each.
        return Ok(());
    };
    // 1: the cell holds a value; 0: it is null.
    let held: Vec<i16> = column
        .cells
        .iter()
        .map(|cell| i16::from(!cell.is_empty()))
        .collect();
    match column.kind {
        Kind::Text => {
            let texts: Vec<ByteArray> = column
                .cells
                .iter()
                .map(|cell| ByteArray::from(cell.as_str()))
                .collect();
            writer
                .typed::<ByteArrayType>()
                .write_batch(&texts, None, None)
        }
        Kind::Whole => {
            writer
                .typed::<Int64Type>()
                .write_batch(&numbers(table, column)?, Some(&held), None)
        }
        Kind::Decimal => {
            writer
                .typed::<DoubleType>()
                .write_batch(&numbers(table, column)?, Some(&held), None)
        }
    }
    .map_err(unwritable)?;
    writer.close().map_err(unwritable)
}

/// The numbers of a column, without its empty cells.
fn numbers<T: std::str::FromStr>(table: &str, column: &Column) -> Result<Vec<T>, TableError> {
    let filled = column.cells.iter().enumerate();
    filled
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(place, cell)| {
            cell.parse().map_err(|_| TableError::NoNumber {
                table: table.to_owned(),
                column: column.name.clone(),
                line: place + 2,
                cell: cell.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;

    use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
    use ::parquet::record::Field;

    use super::{TableError, table};

    fn reader(bytes: &[u8]) -> SerializedFileReader<File> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        SerializedFileReader::new(file).unwrap()
    }

    #[test]
    fn a_table_comes_back_with_numbers_as_numbers_and_empty_ones_as_null() {
        let csv = "jurisdiction,below,words,minimum_years\n\
                   aa,18,\"one, \"\"two\"\"\",2.50\n\
                   bb,,\u{5d9}\u{5dc}\u{5d3},\n";
        let bytes = table("ages", csv.as_bytes()).unwrap();
        assert_eq!(bytes, table("ages", csv.as_bytes()).unwrap());
        let reader = reader(&bytes);
        let rows: Vec<Vec<Field>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| {
                let row = row.unwrap();
                row.get_column_iter()
                    .map(|(_, field)| field.clone())
                    .collect()
            })
            .collect();
        let text = |words: &str| Field::Str(words.to_owned());
        assert_eq!(
            rows,
            [
                vec![
                    text("aa"),
                    Field::Long(18),
                    text("one, \"two\""),
                    Field::Double(2.5)
                ],
                vec![
                    text("bb"),
                    Field::Null,
                    text("\u{5d9}\u{5dc}\u{5d3}"),
                    Field::Null
                ],
            ]
        );
    }

    #[test]
    fn a_cell_that_is_no_number_is_named_with_its_line() {
        let error = table("ages", b"start\n12\ntwelve\n").unwrap_err();
        assert!(
            matches!(error, TableError::NoNumber { line: 3, .. }),
            "{error}"
        );
    }

    #[test]
    fn a_table_without_lines_keeps_its_columns() {
        let bytes = table("findings", b"jurisdiction,quote\n").unwrap();
        let reader = reader(&bytes);
        let file = reader.metadata().file_metadata();
        assert_eq!(file.num_rows(), 0);
        assert_eq!(file.schema().get_fields().len(), 2);
    }
}
