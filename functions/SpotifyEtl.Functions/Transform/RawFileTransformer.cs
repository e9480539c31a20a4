using System.Text;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Transform;

/// <summary>Turns raw files to tables. What it writes is a function of the raw file's bytes and name alone.</summary>
public sealed class RawFileTransformer
{
    private readonly ILake _lake;
    private readonly QualityOptions _quality;
    private readonly RawFileLimits _limits;

    public RawFileTransformer(ILake lake, IOptions<QualityOptions> quality)
        : this(lake, quality.Value, RawFileLimits.Default with { MaxUnpackedBytes = quality.Value.MaxUnpackedBytes })
    {
    }

    internal RawFileTransformer(ILake lake, QualityOptions quality, RawFileLimits limits)
    {
        _lake = lake;
        _quality = quality;
        _limits = limits;
    }

    /// <summary>
    /// Reads the raw file and writes its tables. They become visible, side by side, once the whole file has been read and found
    /// good; a defective file leaves none, and neither outcome leaves any of an earlier transform.
    /// </summary>
    /// <exception cref="LakeObjectNotFoundException">There is no such raw file.</exception>
    /// <exception cref="EtlException">The lake failed, or the file was replaced while it was read.</exception>
    public async Task<TransformOutcome> TransformAsync(string rawKey, CancellationToken cancellationToken = default)
    {
        var file = RawFileName.OfKey(rawKey);
        DocumentSurvey survey = new(file);
        await using var tables = new FileTables(_lake, file);
        ItemLoad load = new(file, tables, cancellationToken);

        var (sha256, defect) = await ReadAsync(rawKey, reader => ReadOwnAsync(reader, survey, load), cancellationToken);
        if (defect is null && survey.Rows.Count > 0)
        {
            (var again, defect) = await ReadAsync(rawKey, reader => ReadSurveyedAsync(reader, survey, load), cancellationToken);
            if (again != sha256)
            {
                throw new TransientEtlException($"{rawKey} was replaced while it was read: transform it again.");
            }
        }

        defect ??= FindTooManyRejects(load, survey);
        if (defect is not null)
        {
            await tables.DeleteAsync(cancellationToken);
            return new Defective(sha256, defect);
        }

        await load.EndAsync();
        var committed = await tables.CommitAsync(cancellationToken);
        var only = load.Snapshots is [var snapshot] ? snapshot.Head : null;
        return new Transformed(sha256)
        {
            Stem = file.Stem,
            PlaylistId = Encoding.UTF8.GetString(only?.PlaylistId ?? []),
            SnapshotId = Encoding.UTF8.GetString(only?.SnapshotId ?? []),
            ExtractedAt = load.ExtractedAt,
            PlayMonths = committed.PlayMonths,
            PlayedUntil = load.PlayedUntil,
            Items = load.Items,
            Total = load.Snapshots is [] ? null : load.Snapshots.Aggregate((long?)0, (sum, one) => sum + one.Total),
            Extent = load.Snapshots.FirstOrDefault(one => !one.IsComplete)?.Extent,
            Rows = committed.Rows,
            Mistyped = committed.Mistyped,
            Rejected = load.Rejects.ToDictionary(entry => entry.Key.Code(), entry => entry.Value, StringComparer.Ordinal),
            Tables = committed.Written,
        };
    }

    /// <summary>Reads a raw file as far as it is good, and hashes all of it.</summary>
    private async Task<(string Sha256, FileDefect? Defect)> ReadAsync(string rawKey, Func<RawFileReader, Task> read, CancellationToken cancellationToken)
    {
        await using var reader = new RawFileReader(await _lake.OpenReadAsync(rawKey, cancellationToken), _limits, cancellationToken);
        FileDefect? defect = null;
        try
        {
            await reader.StartAsync();
            await read(reader);
        }
        catch (DefectException exception)
        {
            defect = exception.Defect;
        }

        return (await reader.FinishAsync(), defect);
    }

    // Our own files say all there is to know before their rows, and a list of plays says it with the first; of any other the first pass is a survey only.
    private static async Task ReadOwnAsync(RawFileReader reader, DocumentSurvey survey, ItemLoad load)
    {
        while (await reader.SurveyAsync(survey))
        {
            await (survey.OwnArePlays ? load.ReadPlaysAsync(reader, survey.OwnHead) : load.ReadAsync(reader, survey.OwnHead));
        }

        survey.End();
    }

    private static async Task ReadSurveyedAsync(RawFileReader reader, DocumentSurvey survey, ItemLoad load)
    {
        foreach (var rows in survey.Rows)
        {
            await reader.SkipToAsync(rows);
            await (rows.ArePlays ? load.ReadPlaysAsync(reader, rows.Head) : load.ReadAsync(reader, rows.Head));
        }
    }

    private FileDefect? FindTooManyRejects(ItemLoad load, DocumentSurvey survey)
    {
        var rejected = load.Rejects.Values.Sum();
        if (rejected <= _quality.MaxRejectedShare * load.Items)
        {
            return null;
        }

        if (rejected == load.Items && survey.WhatIsListed is { } what)
        {
            return Defects.Foreign(what).Defect;
        }

        var reasons = string.Join(", ", load.Rejects.Select(entry => $"{entry.Value} {entry.Key.Code()}"));
        return new FileDefect(
            DefectReasons.MostlyRejected,
            $"{rejected} of {load.Items} rows were rejected ({reasons}), more than Quality__MaxRejectedShare = {_quality.MaxRejectedShare} allows.",
            position: null);
    }
}
