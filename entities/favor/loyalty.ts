/**
 * The loyalty score: what a loan is worth after what came of the ones before, 0 to 100.
 *
 *   score = 100 × (repaid on time + ½ repaid late + 1) / (repaid on time + repaid late + overdue + 2)
 *
 * This is Laplace's rule of succession, with half a success for a loan that came back late: one of whom nothing is
 * known has 50, one loan moves it by at most 17, and it takes many to come near an end. Loans that are not due yet and
 * offers that came to nothing say nothing.
 */
export interface TrackRecord {
  readonly onTime: number;
  readonly late: number;
  readonly overdue: number;
}

export const loyaltyScore = ({ late, onTime, overdue }: TrackRecord): number =>
  Math.round((100 * (onTime + late / 2 + 1)) / (onTime + late + overdue + 2));
