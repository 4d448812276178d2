namespace Posiwid.Records;

/// <summary>Writes columns as a Parquet file.</summary>
public static class ParquetFile
{
    /// <summary>Writes a table of columns of equal length; the same columns give the same bytes.</summary>
    /// <param name="path">Where to; the folder is created if it is not there, an old file is replaced when the new one is whole.</param>
    /// <param name="columns">The columns, from left to right.</param>
    /// <exception cref="BookException">The file cannot be written.</exception>
    public static void Write(string path, params IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        try
        {
            Aside.WriteFile(path, aside =>
            {
                using var connection = DuckDb.Connect();
                DuckDb.Execute(connection, $"CREATE TABLE t({DuckDb.Declaration(columns)})");
                DuckDb.Append(connection, "t", columns);
                DuckDb.Execute(connection, $"COPY t TO {DuckDb.Literal(aside)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
            });
        }
        catch (Exception error) when (BookFile.IsExpected(error))
        {
            throw BookException.Because(path, "written", error);
        }
    }
}
