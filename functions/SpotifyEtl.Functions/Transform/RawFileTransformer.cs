using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform;

/// <summary>Turns raw files to tables. What it writes is a function of the raw file's bytes and name alone.</summary>
public sealed class RawFileTransformer
{
    private readonly ILake _lake;
    private readonly QualityOptions _quality;
    private readonly RawFileLimits _limits;

    public RawFileTransformer(ILake lake, IOptions<QualityOptions> quality)
        : this(lake, quality.Value, RawFileLimits.Default)
    {
    }

    internal RawFileTransformer(ILake lake, QualityOptions quality, RawFileLimits limits)
    {
        _lake = lake;
        _quality = quality;
        _limits = limits;
    }

    /// <summary>
    /// Reads the raw file and writes its tables. They become visible, one after another, once the whole file has been read and found
    /// good; a defective file leaves none, and neither outcome leaves any of an earlier transform.
    /// </summary>
    /// <exception cref="LakeObjectNotFoundException">There is no such raw file.</exception>
    /// <exception cref="EtlException">The lake failed, or the file was replaced while it was read.</exception>
    public async Task<TransformOutcome> TransformAsync(string rawKey, CancellationToken cancellationToken = default)
    {
        var file = RawFileName.OfKey(rawKey);
        var survey = new DocumentSurvey();
        await using var tables = new TableWriters(_lake, file);

        var (sha256, defect) = await ReadAsync(rawKey, reader => ReadInOnePassAsync(reader, survey, tables, file, cancellationToken), cancellationToken);
        if (defect is null && !survey.IsOwn)
        {
            (var again, defect) = await ReadAsync(rawKey, reader => ReadSurveyedAsync(reader, survey, tables, file, cancellationToken), cancellationToken);
            if (again != sha256)
            {
                throw new TransientEtlException($"{rawKey} was replaced while it was read: transform it again.");
            }
        }

        defect ??= FindTooManyRejects(tables);
        if (defect is null)
        {
            var head = survey.IsOwn ? survey.OwnHead(file) : survey.Conclude(file).Head;
            return await tables.CommitAsync(sha256, head, cancellationToken);
        }

        await tables.DeleteAsync(cancellationToken);
        return defect.ToOutcome(sha256);
    }

    /// <summary>Reads a raw file as far as it is good, and hashes all of it.</summary>
    private async Task<(string Sha256, DefectException? Defect)> ReadAsync(string rawKey, Func<RawFileReader, Task> read, CancellationToken cancellationToken)
    {
        await using var reader = new RawFileReader(await _lake.OpenReadAsync(rawKey, cancellationToken), _limits, cancellationToken);
        DefectException? defect = null;
        try
        {
            await reader.StartAsync();
            await read(reader);
        }
        catch (DefectException exception)
        {
            defect = exception;
        }

        return (await reader.FinishAsync(), defect);
    }

    // Our own files say all there is to know before their rows; of any other the first pass is a survey only.
    private static async Task ReadInOnePassAsync(
        RawFileReader reader, DocumentSurvey survey, TableWriters tables, RawFileName file, CancellationToken cancellationToken)
    {
        if (await reader.SurveyAsync(survey))
        {
            await ReadRowsAsync(reader, tables, survey.OwnHead(file), cancellationToken);
            await reader.SurveyAsync(survey);
        }

        survey.Conclude(file);
    }

    private static async Task ReadSurveyedAsync(
        RawFileReader reader, DocumentSurvey survey, TableWriters tables, RawFileName file, CancellationToken cancellationToken)
    {
        var (rows, head) = survey.Conclude(file);
        await reader.SkipToAsync(rows);
        await ReadRowsAsync(reader, tables, head, cancellationToken);
    }

    private static async Task ReadRowsAsync(RawFileReader reader, TableWriters tables, DocumentHead head, CancellationToken cancellationToken)
    {
        var row = new PlaylistRow();
        while (await reader.ReadRowAsync(row))
        {
            await tables.AddAsync(row, head, cancellationToken);
        }
    }

    private DefectException? FindTooManyRejects(TableWriters tables)
    {
        var rejected = tables.Rejects.Values.Sum();
        if (rejected <= _quality.MaxRejectedShare * tables.Items)
        {
            return null;
        }

        var reasons = string.Join(", ", tables.Rejects.Select(entry => $"{entry.Value} {entry.Key.Code()}"));
        return new DefectException(
            DefectReasons.MostlyRejected,
            $"{rejected} of {tables.Items} rows were rejected ({reasons}), more than Quality__MaxRejectedShare = {_quality.MaxRejectedShare} allows.");
    }
}
