using DuckDB.NET.Data;

namespace Posiwid.Records.Import;

/// <summary>
/// Builds a book from an organization's own files. Rows are read one by one, typed and made pseudonymous, wait in a database beside the book, are checked against one
/// another and fill the book in SQL; nothing is held in memory as a whole. The book is written aside and takes its place when it is whole.
/// </summary>
public static class Importer
{
    /// <summary>Memory that the database may use before it goes to disk.</summary>
    private const string MostMemory = "2GB";

    /// <summary>Where the rows of a book's sources are kept, if they are (<see cref="ImportSettings.Remember"/>).</summary>
    /// <param name="book">The book.</param>
    public static string RowsOf(string book) => book + ".rows";

    /// <summary>Imports the files that a mapping names.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="mapping">Which columns are what; it must have passed <see cref="MappingRules.Check"/>.</param>
    /// <param name="output">The book to write; an old one is replaced when the new one is whole.</param>
    /// <param name="names">Makes numbers of persons.</param>
    /// <param name="settings">What else is needed.</param>
    /// <param name="says">A file of stated aims with its folder, if it is apart from the others.</param>
    /// <param name="progress">Told of rows read.</param>
    /// <param name="interrupted">Asks to stop; then nothing is written.</param>
    /// <exception cref="BookException">A file cannot be read, or the book cannot be written.</exception>
    public static ImportReport Run(string folder, Mapping mapping, string output, Pseudonyms names, ImportSettings settings, (string Folder, MappedSource Source)? says = null, IProgress<long>? progress = null, CancellationToken interrupted = default)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var files = new MappedFiles(folder, mapping.Sources);
        return Run(says is { } aims ? [files, new MappedFiles(aims.Folder, [aims.Source])] : [files], mapping, output, names, settings, progress, interrupted);
    }

    internal static ImportReport Run(IReadOnlyList<IImportSource> sources, Mapping mapping, string output, Pseudonyms names, ImportSettings settings, IProgress<long>? progress, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var report = new ImportReport();
        var kept = RowsOf(output);
        Aside.Held? held = null;
        try
        {
            Write(output, report, settings.Strict, (connection, aside) =>
            {
                Aside.RemoveDead(kept);
                using var rows = new TemporaryFile(aside + ".rows");
                if (settings.Remember && File.Exists(kept))
                    File.Copy(kept, rows.Path);
                using var stage = new Stage(connection);
                var memory = settings.Remember ? Remember(connection, stage, rows.Path, report, Memory.KeyOf(mapping, settings, names)) : null;
                if (memory is null)
                    Attach(connection, stage, rows.Path);
                var staging = new Staging(stage, report, names, mapping, settings, memory, progress, interrupted);
                foreach (var source in sources)
                    source.Read(staging);
                stage.Flush();
                if (memory is not null)
                {
                    // filling takes rows away; what is kept is what was read, in a new file that holds nothing of what was taken away before
                    memory.Hide(staging.Open, names, settings.KnownCodes);
                    held = Aside.Hold(kept);
                    DuckDb.Execute(connection, $"ATTACH {DuckDb.Literal(held.Path)} AS kept; COPY FROM DATABASE {Stage.Name} TO kept; DETACH kept");
                }

                new Filling(connection, report, mapping, settings, interrupted).All(staging.Open, staging.YesOrNo);
                DuckDb.Execute(connection, $"DETACH {Stage.Name}");
            });
            // a stop between the two leaves the rows of before: the next import reads on from there
            if (held is not null && report.Written)
                File.Move(held.Path, kept, overwrite: true);
        }
        finally
        {
            held?.Dispose();
        }

        return report;
    }

    private static void Attach(DuckDBConnection connection, Stage stage, string rows)
    {
        DuckDb.Execute(connection, $"ATTACH {DuckDb.Literal(rows)} AS {Stage.Name}");
        stage.Create();
    }

    /// <summary>Opens what was read before; if it cannot be, or is of another mapping or secret, everything is read anew.</summary>
    private static Memory Remember(DuckDBConnection connection, Stage stage, string rows, ImportReport report, string key)
    {
        var memory = new Memory(connection, report);
        try
        {
            Attach(connection, stage, rows);
            if (memory.Open(key))
                return memory;
            DuckDb.Execute(connection, $"DETACH {Stage.Name}");
        }
        catch (DuckDBException)
        {
            DuckDb.Execute(connection, $"DETACH DATABASE IF EXISTS {Stage.Name}");
        }

        File.Delete(rows);
        Attach(connection, stage, rows);
        memory.Open(key);
        return memory;
    }

    /// <summary>Writes a book aside; it takes its place unless all or nothing was asked for and a row was refused.</summary>
    internal static void Write(string output, ImportReport report, bool strict, Action<DuckDBConnection, string> fill)
    {
        try
        {
            BookFile.RequireReplaceable(output);
            Aside.RemoveDead(output);
            Aside.WriteFile(output, aside =>
            {
                using (var connection = DuckDb.Connect(aside))
                {
                    DuckDb.Execute(connection, $"SET memory_limit = '{MostMemory}'; SET temp_directory = {DuckDb.Literal(aside + ".tmp")}");
                    DuckDb.Execute(connection, BookFile.Schema);
                    fill(connection, aside);
                    BookFile.RequireWhole(connection, output);
                    DuckDb.Execute(connection, "CHECKPOINT");
                }

                if (strict && report.RefusedCount > 0)
                    throw new RefusedException();
            });
            report.Written = true;
        }
        catch (RefusedException)
        {
            report.Written = false;
        }
        catch (Exception error) when (BookFile.IsExpected(error))
        {
            throw BookException.Because(output, "written", error);
        }
    }

    /// <summary>Rows were refused, and all or nothing was asked for.</summary>
    private sealed class RefusedException : Exception;

    private sealed class TemporaryFile(string path) : IDisposable
    {
        public string Path => path;

        public void Dispose()
        {
            foreach (var left in (string[])[path, path + ".wal"])
                try
                {
                    File.Delete(left);
                }
                catch (IOException)
                {
                    // the next import removes it
                }
        }
    }
}
